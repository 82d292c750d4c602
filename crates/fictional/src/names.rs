//! Names of people who do not exist, by where a family's names come from.

use crate::dice::Dice;

/// Where a family's names come from, and what goes with it: ethnicity codes (by weight) and a first language.
#[derive(Debug)]
pub struct Heritage {
    /// Girls' names.
    pub girls: &'static [&'static str],
    /// Boys' names.
    pub boys: &'static [&'static str],
    /// Family names.
    pub families: &'static [&'static str],
    /// SSDA903 ethnicity codes by weight.
    pub ethnicities: &'static [(&'static str, usize)],
    /// Languages spoken at home, by weight.
    pub languages: &'static [(&'static str, usize)],
    /// Religions or beliefs, by weight; an empty one is not recorded.
    pub religions: &'static [(&'static str, usize)],
}

const BRITISH: Heritage = Heritage {
    girls: &[
        "Ellie", "Maisie", "Poppy", "Freya", "Lacey", "Evie", "Imogen", "Daisy", "Scarlett", "Layla",
        "Tegan", "Amber", "Keira", "Bethan", "Lexi", "Darcey", "Molly", "Summer", "Skye", "Jasmine", "Rosie",
        "Holly", "Erin", "Paige", "Chloe", "Ruby", "Harper", "Willow", "Nancy", "Orla", "Georgia", "Martha",
        "Lottie", "Casey", "Ivy", "Mabel", "Hattie", "Niamh", "Elsie", "Robyn", "Faith", "Gracie",
        "Kayleigh", "Tilly", "Beatrice", "Abigail", "Zara",
    ],
    boys: &[
        "Alfie", "Callum", "Jayden", "Riley", "Kian", "Logan", "Tyler", "Finley", "Harvey", "Reuben", "Toby",
        "Ethan", "Rhys", "Bobby", "Connor", "Dylan", "Jenson", "Kai", "Leo", "Mason", "Nathan", "Owen",
        "Ralph", "Stanley", "Ted", "Ewan", "Archie", "Brandon", "Corey", "Declan", "Freddie", "Jude",
        "Lewis", "Morgan", "Reece", "Sonny", "Arlo", "Frankie", "Hugo", "Ellis", "Louis", "Max", "Zac",
        "Billy", "Joey", "Luca", "Rory", "Caleb",
    ],
    families: &[
        "Ashdown",
        "Barwick",
        "Cotterill",
        "Dunmore",
        "Eastwell",
        "Fairhurst",
        "Garrick",
        "Hollins",
        "Ibbotson",
        "Jessop",
        "Kirkham",
        "Larkin",
        "Marlowe",
        "Nettleton",
        "Oakshott",
        "Pargeter",
        "Quarmby",
        "Rushworth",
        "Selwood",
        "Tranter",
        "Underhill",
        "Venables",
        "Wainscott",
        "Yarrow",
        "Birtles",
        "Copperfield",
        "Drewett",
        "Elphick",
        "Farthing",
        "Gosling",
        "Hebden",
        "Inskip",
        "Jolley",
        "Kettle",
        "Lockyer",
        "Mapplebeck",
        "Norgrove",
        "Ottaway",
        "Pickersgill",
        "Ridout",
        "Stallard",
        "Thackray",
        "Uttley",
        "Varley",
        "Whitlam",
        "Yelland",
        "Bracewell",
        "Chilvers",
        "Dorrington",
        "Fenwick",
        "Goddard",
        "Haywood",
        "Kershaw",
        "Lomax",
        "Merriman",
        "Nuttall",
        "Penrose",
        "Rowntree",
        "Sugden",
        "Tattersall",
        "Winstanley",
        "Ackroyd",
        "Blamires",
        "Catterick",
    ],
    ethnicities: &[("WBRI", 94), ("WOTH", 3), ("WIRI", 3)],
    languages: &[("English", 1)],
    religions: &[("", 60), ("None", 25), ("Christian", 15)],
};

const MIXED: Heritage = Heritage {
    girls: &[
        "Amara", "Nia", "Leila", "Tiana", "Maya", "Zoe", "Kezia", "Aaliyah", "Sienna", "Renee", "Talia",
        "Jada", "Naomi", "Esme", "Yasmin", "Ayesha", "Carmen", "Shanice", "Elena", "Mila", "Cleo", "Anaya",
    ],
    boys: &[
        "Jaden", "Malachi", "Theo", "Isaac", "Marcus", "Elijah", "Tariq", "Andre", "Micah", "Xavier",
        "Reuel", "Noah", "Jerome", "Dominic", "Adam", "Kofi", "Cassius", "Zane", "Tobias", "Levi", "Amari",
        "Ezra",
    ],
    families: &[
        "Appiah-Hart",
        "Baines",
        "Clarke",
        "Delaney",
        "Edwards",
        "Francis",
        "Gayle",
        "Hussain-Reid",
        "Isaacs",
        "Joseph",
        "Kumar-Lyle",
        "Lawson",
        "Mensah-Cole",
        "Noble",
        "Osei-Dean",
        "Palmer",
        "Rahman-Shaw",
        "Stirling",
        "Thomas",
        "Vaughan",
        "Wright",
        "Zephaniah",
        "Achebe-Nunn",
        "Bell",
        "Cross",
        "Dacosta",
    ],
    ethnicities: &[("MWBC", 45), ("MWBA", 20), ("MWAS", 15), ("MOTH", 20)],
    languages: &[("English", 1)],
    religions: &[("", 55), ("None", 20), ("Christian", 18), ("Muslim", 7)],
};

const BLACK: Heritage = Heritage {
    girls: &[
        "Adaeze", "Blessing", "Chiamaka", "Destiny", "Ewa", "Folake", "Grace", "Hope", "Ifeoma", "Joy",
        "Kemi", "Lerato", "Mercy", "Nkechi", "Oluchi", "Precious", "Ruth", "Sade", "Thandi", "Wanjiru",
        "Yetunde", "Zainab",
    ],
    boys: &[
        "Abdi", "Bola", "Chidi", "Daniel", "Emeka", "Femi", "Gideon", "Ibrahim", "Jabari", "Kwame", "Lamin",
        "Musa", "Nnamdi", "Obi", "Prince", "Samuel", "Tunde", "Uche", "Yaw", "Zuberi", "Joshua", "Emmanuel",
    ],
    families: &[
        "Adeyinka", "Boakye", "Chukwu", "Danso", "Eze", "Fashola", "Gyamfi", "Hassan", "Igwe", "Jalloh",
        "Kamara", "Lumumba", "Mensah", "Nwosu", "Okafor", "Phiri", "Quaye", "Sesay", "Tembo", "Usman",
        "Wekesa", "Yeboah", "Campbell", "Grant", "Morrison", "Powell",
    ],
    ethnicities: &[("BAFR", 60), ("BCRB", 25), ("BOTH", 15)],
    languages: &[("English", 80), ("Yoruba", 6), ("Twi", 5), ("Somali", 6), ("French", 3)],
    religions: &[("", 35), ("Christian", 45), ("Muslim", 20)],
};

const ASIAN: Heritage = Heritage {
    girls: &[
        "Aisha", "Bushra", "Deepa", "Fatima", "Hafsa", "Iqra", "Jaspreet", "Kiran", "Lubna", "Mariam",
        "Nadia", "Priya", "Rania", "Simran", "Tahira", "Uzma", "Zoya", "Anika", "Sumaya", "Noor", "Meera",
        "Sana",
    ],
    boys: &[
        "Aarav", "Bilal", "Dev", "Faisal", "Haris", "Imran", "Jai", "Kabir", "Mikail", "Nabil", "Omar",
        "Rohan", "Sami", "Tahir", "Usman", "Vikram", "Yusuf", "Zayd", "Arjun", "Hamza", "Idris", "Rafi",
    ],
    families: &[
        "Ahmadi",
        "Begum",
        "Chowdhury",
        "Dhaliwal",
        "Farooqi",
        "Ghani",
        "Haque",
        "Iqbal",
        "Javed",
        "Kapoor",
        "Latif",
        "Mistry",
        "Nawaz",
        "Parmar",
        "Qureshi",
        "Rashid",
        "Sandhu",
        "Talukdar",
        "Uddin",
        "Virdee",
        "Wahid",
        "Zaman",
    ],
    ethnicities: &[("APKN", 38), ("ABAN", 25), ("AIND", 17), ("AOTH", 20)],
    languages: &[("English", 60), ("Urdu", 16), ("Bengali", 12), ("Punjabi", 12)],
    religions: &[("", 20), ("Muslim", 60), ("Sikh", 12), ("Hindu", 8)],
};

const EUROPEAN: Heritage = Heritage {
    girls: &[
        "Alicja", "Bianca", "Daria", "Elena", "Gabija", "Ioana", "Julia", "Kinga", "Lenka", "Milena",
        "Nadja", "Oliwia", "Petra", "Roksana", "Simona", "Viktoria", "Zuzana", "Ines",
    ],
    boys: &[
        "Adrian", "Bartek", "Cosmin", "Dorian", "Emil", "Filip", "Igor", "Jakub", "Kacper", "Lukas", "Mateo",
        "Nikola", "Oskar", "Pavel", "Radu", "Stefan", "Tomas", "Vlad",
    ],
    families: &[
        "Balan",
        "Cermak",
        "Dragan",
        "Ferreira",
        "Grabowska",
        "Horvat",
        "Ionescu",
        "Jankauskas",
        "Kowalik",
        "Lupu",
        "Moreira",
        "Novotny",
        "Ozolins",
        "Petrov",
        "Rusu",
        "Szymanek",
        "Tomasik",
        "Varga",
        "Wrobel",
        "Zielonka",
    ],
    ethnicities: &[("WOTH", 82), ("WROM", 14), ("WIRT", 4)],
    languages: &[("English", 35), ("Polish", 25), ("Romanian", 25), ("Lithuanian", 8), ("Portuguese", 7)],
    religions: &[("", 50), ("Christian", 40), ("None", 10)],
};

/// Young people who came alone to ask for safety.
pub const ALONE: Heritage = Heritage {
    girls: &["Selam", "Rahel", "Shilan", "Parwana", "Hodan", "Lien", "Feven", "Zahra", "Miriam", "Besa"],
    boys: &[
        "Ahmad", "Bereket", "Cabdi", "Dilshad", "Erjon", "Farhad", "Goran", "Hamid", "Isaias", "Jamshid",
        "Kidane", "Luan", "Mahmoud", "Nebil", "Omid", "Rebin", "Samir", "Tesfay", "Wahab", "Yonas", "Zaki",
        "Adel", "Hiwa",
    ],
    families: &[
        "Abdulla",
        "Berhane",
        "Daud",
        "Elezi",
        "Faraj",
        "Ghulam",
        "Haji",
        "Ismail",
        "Jabarkhel",
        "Karimi",
        "Mahdi",
        "Nuri",
        "Osman",
        "Qasim",
        "Rasul",
        "Stanekzai",
        "Tewelde",
        "Weldu",
        "Yasin",
        "Zadran",
        "Hoxhaj",
        "Nguyet",
    ],
    ethnicities: &[("BAFR", 40), ("AOTH", 25), ("OOTH", 35)],
    languages: &[
        ("Tigrinya", 18),
        ("Sorani Kurdish", 22),
        ("Pashto", 18),
        ("Arabic", 20),
        ("Dari", 10),
        ("Albanian", 7),
        ("Vietnamese", 5),
    ],
    religions: &[("", 15), ("Muslim", 65), ("Christian", 20)],
};

/// Where a family's names come from, by the mix of children looked after in England.
pub fn heritage(dice: &mut Dice) -> &'static Heritage {
    const MIX: &[(&Heritage, usize)] =
        &[(&BRITISH, 71), (&MIXED, 10), (&BLACK, 7), (&ASIAN, 6), (&EUROPEAN, 6)];
    dice.weighted(MIX)
}

/// A grown-up's first name (any of the lists) and family name.
pub fn adult(dice: &mut Dice, woman: bool) -> (&'static str, &'static str) {
    const WOMEN: &[&str] = &[
        "Alison", "Bridget", "Carole", "Denise", "Eleanor", "Fiona", "Gillian", "Heather", "Irene", "Joanne",
        "Karen", "Lorraine", "Maureen", "Nicola", "Olive", "Patricia", "Rosalind", "Sandra", "Teresa",
        "Ursula", "Vanessa", "Wendy", "Yvonne", "Claire", "Dawn", "Esther", "Frances", "Gwen", "Helen",
        "Janine", "Marcia", "Beverley",
    ];
    const MEN: &[&str] = &[
        "Adrian", "Barry", "Clive", "Desmond", "Edmund", "Francis", "Graham", "Howard", "Ian", "Jeremy",
        "Keith", "Leonard", "Malcolm", "Neil", "Oliver", "Peter", "Roger", "Stuart", "Trevor", "Vincent",
        "Walter", "Alan", "Brian", "Colin", "Derek", "Errol", "Gareth", "Hugh", "Julian", "Lloyd", "Martin",
        "Nigel",
    ];
    let from = heritage(dice);
    let own = if woman { from.girls } else { from.boys };
    let older = if woman { WOMEN } else { MEN };
    let given = if dice.often(400) { dice.pick(own) } else { dice.pick(older) };
    (given, dice.pick(from.families))
}
